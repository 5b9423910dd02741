// What a file is meant to be, by its name. Whether it is one is seen when it is read, and an old or foreign one is refused with
// words then.

export const isPicture = (path: string) => /\.(jpe?g|png|webp|hei[cf]|gif|bmp|tiff?|pdf)$/i.test(path);

export const isTemplate = (path: string) => /\.(docx|docm|dotx|dotm|doc|wps)$/i.test(path);

export const isWorkbook = (path: string) => /\.(xlsx|xlsm|xls|et|csv)$/i.test(path);

export const isScheme = (path: string) => /\.json$/i.test(path);

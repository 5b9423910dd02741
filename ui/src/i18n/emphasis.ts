/** A sentence whose middle part is set in bold. */
export type Emphasis = [before: string, bold: string, after: string];

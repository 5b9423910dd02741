export const recovery = {
  /** By the code of what went wrong; a code without words of its own takes the last. */
  title: {
    database_damaged: "记录文件受损，先不打开",
    database_newer: "记录由更新的版本写成，先不打开",
    database_not_ours: "这里的文件不是下乡志的记录",
    database_locked: "记录正被另一个窗口使用",
    place_read_only: "记录所在的地方不能写入",
    disk_full: "磁盘已满，记录没有打开",
  } as Record<string, string>,
  otherTitle: "记录没有打开",
  choices: { retry: "再试一次", quit: "关闭窗口" } as Record<string, string>,
  folder: "记录所在的文件夹",
  code: "说明代码",
  untouched: "没有打开记录，什么都没有改动",
  called: "请人帮忙时，报出这两行即可。",
};

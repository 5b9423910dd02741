export const help = {
  title: "帮助",
  find: "在帮助里找",
  pages: "帮助的各页",
  none: (query: string) => `没有找到「${query}」。换个说法，或从上面选一页。`,
  found: (n: number) => `${n} 页里有`,
  eachRecord: "每条记录一行",
  example: "例",
};

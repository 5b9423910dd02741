import { figures } from "../figures";

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

export const pictures = {
  title: "附件",
  add: "添加图片",
  hint: "拖入、粘贴也可以",
  dropHere: "松手就添加",
  room: (count: number, bytes: number, most: number) =>
    `已存 ${count} 张，${megabytes(bytes)} / ${megabytes(most)} MB`,
  elsewhere: "图片请拖到「授课·查房·活动」里正在写的那条记录上",
  unnamed: "图片",
  open: (name: string) => `看${name}`,
  remove: (name: string) => `删除${name}`,
  removed: (name: string) => `已删除${name}`,
  twice: "这张图片已经在这条记录里了",
  reading: "正在读图片…",
  missing: "这张图片不在这台电脑上",
  notEnclosed: "导出时没有附上这张图片",
  names: (all: string[]) => all.join("、"),
  suggestions: ["签到表", "照片", "课件"],
  redact: {
    title: "添加图片",
    advice: "病人的姓名、证件号、面孔要先遮住。按住鼠标在图上拖，就画出一个黑块；遮住的部分存下后找不回来。",
    keys: "黑块可用方向键移动，Shift+方向键改大小，Delete 去掉。",
    more: (n: number) => `还有 ${n} 张`,
    stage: "图片，按住鼠标拖出黑块",
    picture: "要添加的图片",
    block: (n: number, x: number, y: number, width: number, height: number) =>
      `黑块 ${n}：左 ${x}%，上 ${y}%，宽 ${width}%，高 ${height}%`,
    add: "加一个黑块",
    undo: "去掉上一块",
    name: "名称",
    keep: (n: number) => (n === 0 ? "不用遮，添加" : `遮住 ${n} 处，添加`),
    cancel: "不添加",
    size: (width: number, height: number, bytes: number) =>
      `${width} × ${height}，约 ${figures.whole(Math.max(1, Math.round(bytes / 1000)))} KB；拍摄地点、时间、机型都不保留`,
  },
  view: {
    of: (n: number, all: number) => `第 ${n} 张，共 ${all} 张`,
    before: "前一张",
    next: "后一张",
  },
  enclose: {
    title: "随审核文件附上图片",
    none: "不勾选，文件里就没有图片，只有它们的名称和指纹。",
    some: (count: number, bytes: number) => `附上 ${count} 张，约 ${megabytes(bytes)} MB`,
    all: "全部附上",
    picture: (date: string, kind: string, name: string) => `${date} ${kind} ${name}`,
  },
};

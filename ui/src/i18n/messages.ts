import type { zhCN } from "./zh-CN";

/** Both catalogues have exactly this shape; Chinese is written first. */
export type Messages = typeof zhCN;

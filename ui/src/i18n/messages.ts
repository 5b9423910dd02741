import type { first } from "./zh-CN";
import type { rest } from "./zh-CN/rest";

/** Both catalogues have exactly this shape; Chinese is written first. */
export type FirstMessages = typeof first;
export type OtherMessages = typeof rest;
export type Messages = FirstMessages & OtherMessages;

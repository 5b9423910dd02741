export { backend, BackendError, onFileOpened } from "./backend";
export { uuid7 } from "./uuid";
export type * from "./types";

export { asBackendError, backend, BackendError, onFileOpened } from "./backend";
export { defaultScheme } from "./schemes";
export { uuid7 } from "./uuid";
export type * from "./types";

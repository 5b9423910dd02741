export { asBackendError, backend, BackendError, onBackup, onFileOpened, onFilesDragged } from "./backend";
export { defaultScheme } from "./schemes";
export { uuid7 } from "./uuid";
export type * from "./types";

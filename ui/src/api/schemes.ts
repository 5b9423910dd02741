// The scheme that a posting starts with, read from the very file the program judges by: no second copy of its numbers.
import document from "../../../src-tauri/core/schemes/rotation_3m.json";

import type { Scheme } from "./types";

export const defaultScheme = document as unknown as Scheme;

import { backend } from "../../api";
import type { FormKind, FormOptions, FormPages, FormState } from "../../api";
import { store } from "../../state/store.svelte";

/** Where the papers that are looked at come from: the posting that is open, or a file under review. */
export interface PaperSource {
  forms: () => Promise<FormState[]>;
  preview: (form: FormKind, options: FormOptions | null) => Promise<FormPages>;
  /** The code of the head that the papers carry: made anew when it changes. */
  head: () => string;
  period: () => { start: string; end: string };
}

export const ownPapers: PaperSource = {
  forms: () => backend.forms(),
  preview: (form, options) => backend.formPreview(form, options),
  head: () => store.view?.head.code ?? "",
  period: () => store.view!.records.posting,
};

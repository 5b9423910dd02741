import { backend } from "../../api";
import type { ExportedForms, ExportedReviewFile, FormKind, FormOptions } from "../../api";
import { store } from "../../state/store.svelte";

/** What was exported in this visit to the screen, so that it can be said where it lies. */
export class Exporting {
  working = $state(false);
  /** The pictures that go along in the review file: those that were ticked, and no others. */
  pictures = $state.raw<string[]>([]);
  cancelled = $state(false);
  forms = $state.raw<ExportedForms | null>(null);
  review = $state.raw<ExportedReviewFile | null>(null);
  #formsHead = $state<string | null>(null);
  /** True where the form carries the very head that went into the review file. */
  sameHead = $derived(this.forms !== null && this.review !== null && this.#formsHead === this.review.code);

  /**
   * The review file first, so that the form can carry the head that went into it; a cancelled dialog ends it. Records that
   * can only be read make no review file, whose export is an entry of its own: the forms alone then.
   */
  async all(): Promise<void> {
    if (store.readOnly !== null || (await this.reviewFile())) await this.every();
  }

  /** The whole set, in the order in which an office keeps it. */
  async every(): Promise<boolean> {
    return this.#forms(async () => {
      const every = (await backend.forms()).map(({ form }) => form);
      return backend.exportForms(every, ["pdf", "docx", "xlsx"]);
    });
  }

  /** One form as it is looked at. */
  async one(form: FormKind, options: FormOptions | null): Promise<void> {
    await this.#forms(() => backend.exportForms([form], ["pdf"], options));
  }

  async #forms(make: () => Promise<ExportedForms | null>): Promise<boolean> {
    const head = store.view?.head.code ?? null;
    const made = await this.#work(make);
    if (made) {
      this.forms = made;
      this.#formsHead = head;
    }
    return made !== null;
  }

  async reviewFile(): Promise<boolean> {
    const made = await this.#work(() => backend.exportReviewFile(this.pictures));
    if (made) this.review = made;
    return made !== null;
  }

  async #work<T>(make: () => Promise<T | null>): Promise<T | null> {
    if (this.working) return null;
    this.working = true;
    this.cancelled = false;
    let refused = true;
    const made = await store.ask(async () => {
      const answer = await make();
      refused = false;
      return answer;
    });
    // Exporting may have added an event to the log.
    await store.refresh();
    this.cancelled = made === null && !refused;
    this.working = false;
    return made;
  }
}

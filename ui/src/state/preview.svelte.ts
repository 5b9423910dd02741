import { backend } from "../api";
import type { Assessment, Change } from "../api";

/** Long enough not to ask on every key, short enough to feel at once. */
const PAUSE = 120;

/** What the assessment would be: asked again while one types, the latest question wins. */
export class Preview {
  assessment = $state.raw<Assessment | null>(null);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  ask(changes: Change[]): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#timer = setTimeout(() => {
      backend.preview(changes).then(
        (assessment) => {
          if (asked === this.#asked) this.assessment = assessment;
        },
        // Half-typed values can be refused; the last good answer is dropped, the stored one shows.
        () => {
          if (asked === this.#asked) this.assessment = null;
        },
      );
    }, PAUSE);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.assessment = null;
  }
}

import { backend } from "../api";
import type { Change, TextWarning } from "../api";
import { i18n } from "../i18n";

/** Long enough not to ask on every key, short enough to be there before the record is left. */
const PAUSE = 120;

/**
 * Which of the texts being typed look like the identity of a patient: asked of the rules again while one types, the latest
 * answer wins. To be made while a component is set up.
 */
export class PatientLook {
  #found = $state.raw<TextWarning[]>([]);

  constructor(typed: () => Change[]) {
    $effect(() => {
      const changes = typed();
      let stale = false;
      const timer = setTimeout(() => {
        backend.textWarnings(changes).then(
          (found) => {
            if (!stale) this.#found = found;
          },
          // A warning is no more than that: nothing stops because none could be had.
          () => null,
        );
      }, PAUSE);
      return () => {
        stale = true;
        clearTimeout(timer);
      };
    });
  }

  /** The words below a field; null where its text tells nothing. `key` where several records are typed at once. */
  warning(field: string, key: string | null = null): string | null {
    const found = this.#found.find((each) => each.field === field && (key === null || each.key === key));
    return found ? i18n.m.common.patient[found.identity] : null;
  }
}

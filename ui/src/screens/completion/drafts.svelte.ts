import { backend, type DraftedPassage } from "../../api";
import { store } from "../../state/store.svelte";

/** The passages of the summary as the records have them, asked for again whenever the log has grown. To be made while a component is set up. */
export class Drafts {
  all = $state.raw<DraftedPassage[]>([]);
  /** Those of the summary; the self-appraisal stands on a paper of its own. */
  summary = $derived(this.all.filter((each) => each.passage !== "self_appraisal"));
  appraisal = $derived(this.all.find((each) => each.passage === "self_appraisal") ?? null);

  constructor() {
    $effect(() => {
      void store.view?.head.code;
      let wanted = true;
      void store
        .ask(() => backend.draftSummary())
        .then((answer) => {
          if (wanted && answer) this.all = answer;
        });
      return () => (wanted = false);
    });
  }
}

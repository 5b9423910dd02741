import { backend } from "../api";
import type { DayOffer } from "../api";
import { store } from "./store.svelte";

/**
 * What is offered while days are filled in: learnt from the notes, so it is asked of the records, once for each choice of
 * days. To be made while a component is set up.
 */
export class DayOffers {
  #offers = $state.raw<DayOffer[]>([]);

  constructor(dates: () => string[]) {
    $effect(() => {
      let stale = false;
      backend.dayOffers(dates()).then(
        (offers) => {
          if (!stale) this.#offers = offers;
        },
        // An offer is no more than that.
        () => null,
      );
      return () => (stale = true);
    });
  }

  of(date: string): DayOffer {
    const known = this.#offers.find((each) => each.date === date);
    return known ?? { date, phrases: store.view?.phrases ?? [], parts: [], last: null };
  }
}

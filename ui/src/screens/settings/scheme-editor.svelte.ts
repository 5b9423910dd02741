import { backend, defaultScheme } from "../../api";
import type {
  ActivityKind,
  Duty,
  KnownScheme,
  KnownSchemes,
  Label,
  Scheme,
  SchemeFault,
  SchemeTrial,
} from "../../api";
import { i18n } from "../../i18n";
import { schemes as english } from "../../i18n/en/schemes";
import { schemes as chinese } from "../../i18n/zh-CN/schemes";
import { words } from "../../state/scheme";
import { store } from "../../state/store.svelte";
import { at, fieldsOf, newDuty, placeIn, same, withValue, type SchemeField } from "./scheme-fields";

/** How long after the last key a draft is looked at, in milliseconds. */
const PAUSE = 200;

export interface SchemeChange {
  field: SchemeField;
  before: unknown;
  after: unknown;
  /** Where it goes back to, and what stood there. */
  restores: [place: string, value: unknown];
}

export const nameOf = (scheme: Scheme) => `${scheme.id}/${scheme.version}`;

/** The scheme that is looked at, and the draft made from it. Nothing is stored until the draft is put to use. */
export class SchemeEditor {
  known = $state.raw<KnownSchemes>({ schemes: [{ scheme: defaultScheme, built_in: true }], usual_marks: [] });
  draft = $state.raw<Scheme | null>(null);
  faults = $state.raw<SchemeFault[]>([]);
  trial = $state.raw<SchemeTrial | null>(null);
  #chosen = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #past = $state.raw<Scheme[]>([]);
  #future = $state.raw<Scheme[]>([]);
  #typedAt: string | null = null;

  /** The scheme of the posting that is open, where a physician looks. */
  get ofPosting(): Scheme | null {
    return store.app?.role === "physician" ? (store.view?.scheme ?? null) : null;
  }

  /** The posting's own first, then every other that a posting can begin with. */
  readonly shown = $derived.by((): KnownScheme[] => {
    const own = this.ofPosting;
    if (!own) return this.known.schemes;
    const there = this.known.schemes.find((each) => nameOf(each.scheme) === nameOf(own));
    const others = this.known.schemes.filter((each) => each !== there);
    const builtIn = this.known.schemes.some((each) => each.built_in && each.scheme.id === own.id);
    return [{ scheme: own, built_in: builtIn }, ...others];
  });
  readonly current = $derived(
    this.shown.find((each) => nameOf(each.scheme) === this.#chosen) ?? this.shown[0]!,
  );
  readonly base = $derived(this.current.scheme);
  /** The scheme as it would be put to use, and as it stands. */
  readonly scheme = $derived(this.draft ?? this.base);
  /** The version that a draft becomes. */
  readonly version = $derived.by(() => {
    if (this.current.built_in) return 1;
    const kept = this.known.schemes.find((each) => each.scheme.id === this.base.id);
    return Math.max(this.base.version, kept?.scheme.version ?? 0) + 1;
  });
  readonly fields = $derived(fieldsOf(this.scheme));
  readonly changes = $derived.by((): SchemeChange[] => {
    const { base, draft } = this;
    if (draft === null) return [];
    const changed = this.fields
      .filter((field) => !field.quiet && placeIn(base, draft, field.at) !== null)
      .map((field) => {
        const before = this.before(field.at);
        const after = at(draft, field.at);
        return { field, before, after, restores: [field.at, before] as [string, unknown] };
      })
      .filter(({ before, after }) => !same(before, after));
    return [...changed, ...this.#comeAndGone(base, draft)];
  });
  readonly ready = $derived(this.changes.length > 0 && this.faults.length === 0);

  async read(): Promise<void> {
    await store.ask(async () => void (this.known = await backend.schemes()));
  }

  /** Duties that the draft has more, and those that it lacks. */
  #comeAndGone(base: Scheme, draft: Scheme): SchemeChange[] {
    const m = i18n.m.schemes;
    const without = (scheme: Scheme, other: Scheme) =>
      scheme.duties.filter((duty) => !other.duties.some((known) => known.id === duty.id));
    const change = (duty: Duty, come: boolean): SchemeChange => {
      const field: SchemeField = {
        at: `/duties/${duty.id}`,
        label: m.duty,
        clause: come ? null : duty.clause,
        show: (value) => (value ? words(duty.title) : come ? m.none : m.gone),
      };
      const others = draft.duties.filter((each) => each.id !== duty.id);
      const back = [...draft.duties];
      back.splice(base.duties.indexOf(duty), 0, duty);
      return {
        field,
        before: come ? null : duty,
        after: come ? duty : null,
        restores: ["/duties", come ? others : back],
      };
    };
    return [
      ...without(draft, base).map((duty) => change(duty, true)),
      ...without(base, draft).map((duty) => change(duty, false)),
    ];
  }

  /** What stood before where something stands in the draft; undefined where nothing did. */
  before(place: string): unknown {
    const there = placeIn(this.base, this.scheme, place);
    return there === null ? undefined : at(this.base, there);
  }

  choose(name: string): void {
    this.discard();
    this.#chosen = name;
  }

  begin(): void {
    const { title } = this.base;
    const copied = { zh: chinese.copied(title.zh), en: title.en && english.copied(title.en) };
    this.draft = this.current.built_in ? { ...this.base, title: copied } : this.base;
    this.#look();
  }

  discard(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.draft = null;
    this.#past = [];
    this.#future = [];
    this.#typedAt = null;
    this.faults = [];
    this.trial = null;
  }

  /** Gives a field of the draft a value; undefined takes it out. */
  set(place: string, value: unknown): void {
    if (this.draft === null) return;
    // What is typed into one field is one step.
    if (place !== this.#typedAt) this.#past = [...this.#past, this.draft];
    this.#typedAt = place;
    this.#future = [];
    this.#becomes(withValue(this.draft, place, value));
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Takes the last step of the draft back. */
  undo(): void {
    const before = this.#past.at(-1);
    if (!before || this.draft === null) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [this.draft, ...this.#future];
    this.#typedAt = null;
    this.#becomes(before);
  }

  redo(): void {
    const [next, ...rest] = this.#future;
    if (!next || this.draft === null) return;
    this.#past = [...this.#past, this.draft];
    this.#future = rest;
    this.#typedAt = null;
    this.#becomes(next);
  }

  /** Adds a duty of a kind of activity, and says where it stands. */
  addDuty(kind: ActivityKind, title: Label): string | null {
    if (this.draft === null) return null;
    const { duties } = this.draft;
    this.set("/duties", [...duties, newDuty(this.draft, kind, title)]);
    this.#typedAt = null;
    return `/duties/${duties.length}`;
  }

  removeDuty(id: string): void {
    if (this.draft === null) return;
    this.set(
      "/duties",
      this.draft.duties.filter((duty) => duty.id !== id),
    );
    this.#typedAt = null;
  }

  #becomes(draft: Scheme): void {
    this.draft = draft;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  label(place: string): string {
    const own = this.fields.find((field) => field.at === place);
    // A part of a field goes by the field's name.
    return (own ?? this.fields.findLast((field) => place.startsWith(`${field.at}/`)))?.label ?? "";
  }

  /** What cannot stand in a field, or below it. */
  fault(place: string): string | null {
    const found = this.faults.find((fault) => fault.place === place || fault.place.startsWith(`${place}/`));
    return found ? words(found.what) : null;
  }

  async keep(): Promise<boolean> {
    if (!this.draft) return false;
    clearTimeout(this.#timer);
    const draft = this.draft;
    const kept = await store.ask(() => backend.keepScheme(draft));
    if (!kept) return false;
    await this.read();
    this.choose(nameOf(kept));
    store.say(i18n.m.schemes.kept(words(kept.title), kept.version));
    return true;
  }

  /** A draft goes out under the version it would have. */
  async export(): Promise<void> {
    const scheme =
      this.draft && !this.current.built_in ? { ...this.draft, version: this.version } : this.scheme;
    const file = await store.ask(() => backend.exportScheme(scheme));
    if (file) store.say(i18n.m.schemes.saved(file));
  }

  async load(path: string | null = null): Promise<void> {
    const loaded = await store.ask(() => backend.loadScheme(path));
    if (!loaded) return;
    if (store.saving !== "failed") store.failure = null;
    await this.read();
    this.choose(nameOf(loaded));
    store.say(i18n.m.schemes.loaded(words(loaded.title), loaded.version));
  }

  /** Looks whether the draft can stand, and what it would do. An answer that was overtaken is dropped. */
  #look(): void {
    const draft = this.draft;
    if (!draft) return;
    const asked = ++this.#asked;
    void store.ask(async () => {
      const faults = await backend.checkScheme(draft);
      if (asked !== this.#asked) return;
      this.faults = faults;
      if (faults.length > 0) {
        // What was tried before is no answer to what stands there now.
        this.trial = null;
        return;
      }
      const trial = await backend.tryScheme(this.base, draft);
      if (asked === this.#asked) this.trial = trial;
    });
  }
}

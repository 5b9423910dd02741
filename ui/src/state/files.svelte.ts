import { backend } from "../api";
import type {
  AppState,
  LookedAtReceipt,
  OfficeFileView,
  PostingView,
  ReviewView,
  SettingsChange,
} from "../api";
import { i18n } from "../i18n";
import { isPicture, isScheme, isTemplate, isWorkbook } from "./file-kinds";
import type { Screen } from "./store.svelte";

/** What files need of the rest of the page. */
interface Desk {
  readonly app: AppState | null;
  readonly view: PostingView | null;
  readonly busy: string | null;
  screen: Screen;
  go(screen: Screen, intent?: { kind?: string; file?: string; files?: string[] } | null): void;
  say(text: string): void;
  guard(work: () => Promise<unknown>): Promise<boolean>;
  opens(work: () => Promise<PostingView>): Promise<boolean>;
  setApp(app: AppState): void;
  changeSettings(settings: SettingsChange): Promise<void>;
}

/** Files from outside: dropped, double-clicked, chosen. Their names or their content say what they are and where they go. */
export class Files {
  review = $state.raw<ReviewView | null>(null);
  /** Paths in the order in which files are gone through: that of the roll-up one came from, else the recent ones. */
  reviewOrder = $state.raw<string[]>([]);
  /** A decision whose key a person has to compare before it is taken in. */
  receipt = $state.raw<LookedAtReceipt | null>(null);
  /** The office file that is looked at. */
  office = $state.raw<OfficeFileView | null>(null);
  /** Where pictures that are dropped go, while a form takes them. */
  takesPictures: ((paths: string[]) => void) | null = null;
  /** Where a scheme that is dropped goes, while a posting is being begun. */
  takesScheme: ((path: string) => void) | null = null;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Opens what somebody chose outside the page: a workbook to be imported, a form or scheme of the hospital's own, or a file to review. */
  async open(path: string): Promise<void> {
    if (this.#desk.busy === null) await this.#desk.guard(() => this.offered(path));
  }

  /** The same, within what is being done already. */
  async offered(path: string): Promise<void> {
    if (isWorkbook(path)) this.#openWorkbook(path);
    else if (isTemplate(path)) this.#openTemplate(path);
    else if (isScheme(path)) this.#openScheme(path);
    else await this.#openSigned(path);
  }

  /** Pictures go to the form that takes them; a reviewer's folders and lots of files to the roll-up; anything else is opened. */
  dropped(paths: string[]): void {
    const pictures = paths.filter(isPicture);
    if (pictures.length === 0) {
      if (
        this.#desk.app?.role === "supervisor" &&
        this.#desk.busy === null &&
        (this.#desk.screen === "rollup" || !isOne(paths))
      )
        this.#desk.go("rollup", { files: paths });
      else if (paths[0]) void this.open(paths[0]);
    } else if (this.takesPictures && this.#desk.busy === null) this.takesPictures(pictures);
    else this.#desk.say(i18n.m.pictures.elsewhere);
  }

  /** A reviewer's decision that is chosen in a dialog. */
  async openReceipt(): Promise<void> {
    await this.#desk.guard(() => this.#openReceipt(null));
  }

  /** Takes in the decision that is looked at. */
  async takeReceipt(): Promise<void> {
    const receipt = this.receipt;
    if (!receipt) return;
    this.receipt = null;
    await this.#takeReceipt(receipt);
  }

  async openReview(path: string | null = null): Promise<void> {
    await this.#desk.guard(() => this.#openReview(path));
  }

  /** Shows a file that was received before, out of the records. */
  async openReceived(sha256: string): Promise<void> {
    await this.#desk.guard(async () => {
      this.review = await backend.openReceivedFile(sha256);
      this.#desk.screen = "review";
    });
  }

  /** Opens the file before (-1) or after (1) the one that is open, in the order in which they are gone through. */
  async openBeside(by: -1 | 1): Promise<void> {
    const at = this.reviewOrder.indexOf(this.review?.path ?? "");
    const path = this.reviewOrder[at + by];
    if (at >= 0 && path !== undefined) await this.openReview(path);
  }

  #openWorkbook(path: string): void {
    if (this.#desk.view && this.#desk.app?.role === "physician") this.#desk.go("import", { file: path });
    else this.#desk.say(i18n.m.workbooks.needsPosting);
  }

  #openTemplate(path: string): void {
    if (this.#desk.view && this.#desk.app?.role === "physician")
      this.#desk.go("settings", { kind: "templates", file: path });
    else this.#desk.say(i18n.m.settings.templates.needsPosting);
  }

  /** Where a posting is being begun it is chosen there; else it is shown with the others. */
  #openScheme(path: string): void {
    if (this.takesScheme) this.takesScheme(path);
    else if (this.#desk.view || this.#desk.app?.role === "supervisor")
      this.#desk.go("settings", { kind: "scheme", file: path });
    else this.#desk.say(i18n.m.shell.schemeNeedsDoor);
  }

  /** An office file, chosen now or given; it is looked at before it is taken. */
  async lookAtOffice(path: string | null = null): Promise<void> {
    await this.#desk.guard(() => this.#lookAtOffice(path));
  }

  async #lookAtOffice(path: string | null): Promise<void> {
    const seen = await backend.lookAtOfficeFile(path);
    if (!seen) return;
    this.office = seen;
    // Where a posting is being begun it is taken there; whoever has no door yet is about to go.
    if (this.#desk.app?.role === null || this.#desk.screen === "first-run") this.#desk.screen = "first-run";
    else this.#desk.go("settings", { kind: "office" });
  }

  /** What a file is, its content says; its name may have changed on the way. */
  async #openSigned(path: string): Promise<void> {
    const kind = await backend.kindOfFile(path);
    if (kind === "review") await this.#openReceipt(path);
    else if (kind === "office") await this.#lookAtOffice(path);
    else await this.#openReview(path);
  }

  async #openReceipt(path: string | null): Promise<void> {
    const receipt = await backend.lookAtReceipt(path);
    if (!receipt) return;
    const asks = !receipt.taken && (receipt.key === "first_seen" || receipt.key === "changed");
    if (asks) this.receipt = receipt;
    else await this.#takeReceipt(receipt);
  }

  async #takeReceipt(receipt: LookedAtReceipt): Promise<void> {
    if (this.#desk.app?.role !== "physician") await this.#desk.changeSettings({ role: "physician" });
    const { path, fingerprint, taken } = receipt;
    if (!(await this.#desk.opens(() => backend.takeReceipt(path, fingerprint)))) return;
    this.#desk.go("completion");
    this.#desk.say(taken ? i18n.m.receipts.again : i18n.m.receipts.taken(receipt.decision));
  }

  async #openReview(path: string | null): Promise<void> {
    const review = await backend.openReviewFile(path);
    if (!review) return;
    this.review = review;
    // Whoever opens a file before having chosen a door has come to review.
    const door = this.#desk.app?.role === null;
    this.#desk.setApp(await (door ? backend.changeSettings({ role: "supervisor" }) : backend.appState()));
    // Opening one makes it the most recent: while they are gone through the order stays as it was.
    if (review.path === null || !this.reviewOrder.includes(review.path))
      this.reviewOrder = (this.#desk.app?.recent_files ?? []).map((file) => file.path);
    this.#desk.screen = "review";
  }
}

/** One file, as far as its name tells: a folder has no extension. */
function isOne(paths: string[]): boolean {
  return paths.length === 1 && /\.[a-z0-9]{1,5}( ?\(\d+\))?$/i.test(paths[0]!);
}

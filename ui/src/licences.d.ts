declare module "virtual:licences" {
  /** What is bundled, by name. */
  export const parts: { name: string; version: string; licence: string; texts: number[] }[];
  /** The texts of the licences, each once. */
  export const texts: string[];
}

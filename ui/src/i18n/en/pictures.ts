import { figures } from "../figures";
import type { Messages } from "../messages";

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const pictures: Messages["pictures"] = {
  title: "Pictures",
  add: "Add a picture",
  hint: "or drop or paste one",
  dropHere: "Let go to add it",
  room: (count, bytes, most) =>
    `${many(count, "picture")} kept, ${megabytes(bytes)} of ${megabytes(most)} MB`,
  elsewhere: "Drop pictures on the record being written under “Lectures, rounds, activities”",
  unnamed: "picture",
  open: (name) => `Show: ${name}`,
  remove: (name) => `Delete: ${name}`,
  removed: (name) => `Deleted: ${name}`,
  twice: "This picture is in this record already",
  reading: "Reading the picture…",
  missing: "This picture is not on this computer",
  notEnclosed: "This picture was not enclosed",
  names: (all) => all.join(", "),
  suggestions: ["sign-in sheet", "photo", "slides"],
  redact: {
    title: "Add a picture",
    advice:
      "Cover patients' names, numbers and faces first. Drag on the picture to draw a black block; what is covered cannot be had back once it is kept.",
    keys: "Arrows move a block, Shift+arrows change its size, Delete takes it away.",
    more: (n) => `${n} more`,
    stage: "Picture; drag to draw a black block",
    picture: "The picture to be added",
    block: (n, x, y, width, height) =>
      `Block ${n}: ${x}% from the left, ${y}% from the top, ${width}% wide, ${height}% high`,
    add: "Add a block",
    undo: "Take the last one away",
    name: "Name",
    keep: (n) => (n === 0 ? "Nothing to cover: add" : `Cover ${many(n, "part")} and add`),
    cancel: "Do not add",
    size: (width, height, bytes) =>
      `${width} × ${height}, about ${figures.whole(Math.max(1, Math.round(bytes / 1000)))} KB; place, time and camera are not kept`,
  },
  view: {
    of: (n, all) => `${n} of ${all}`,
    before: "Before",
    next: "Next",
  },
  enclose: {
    title: "Pictures in the review file",
    none: "Unless they are ticked, the file holds no pictures, only their names and fingerprints.",
    some: (count, bytes) => `${many(count, "picture")} enclosed, about ${megabytes(bytes)} MB`,
    all: "Enclose all",
    picture: (date, kind, name) => `${date} ${kind.toLowerCase()} ${name}`,
  },
};

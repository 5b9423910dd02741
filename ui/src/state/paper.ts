// A4 pages, each a whole SVG document as the typesetter made it.

/** Millimetres of a sheet, upright. */
const WIDE = 210;
const HIGH = 297;

export interface Sheet {
  /** What an image shows. */
  url: string;
  landscape: boolean;
  svg: string;
}

/**
 * A whole page on the screen is less than half its size: the hair strokes of Song would fall between the pixels, so
 * its glyphs are drawn a trifle bolder than they print.
 */
const bolder = (svg: string) => svg.replaceAll("<use ", '<use stroke="#000000" stroke-width="0.18" ');

const picture = (svg: string) => URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));

function sizeOf(svg: string): [number, number] {
  const box = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return box ? [Number(box[1]), Number(box[2])] : [WIDE, HIGH];
}

export function sheetsOf(pages: string[]): Sheet[] {
  return pages.map((svg) => {
    const [wide, high] = sizeOf(svg);
    return { url: picture(bolder(svg)), landscape: wide > high, svg };
  });
}

export function letGo(sheets: Sheet[] | null): void {
  sheets?.forEach((sheet) => URL.revokeObjectURL(sheet.url));
}

/** A page on its side lies on upright paper: printers are fed that way, and a web view takes one direction for all. */
function upright(sheet: Sheet): string {
  if (!sheet.landscape) return sheet.svg;
  const [wide, high] = sizeOf(sheet.svg);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${high} ${wide}"><g transform="translate(${high} 0) rotate(90)">${sheet.svg}</g></svg>`;
}

let printed: HTMLElement | null = null;

/** Lays the pages out for the printer, in place of the window: `base.css` shows nothing else on paper. */
export async function layOut(sheets: Sheet[]): Promise<void> {
  clearAway();
  printed = document.createElement("div");
  printed.className = "printed";
  for (const sheet of sheets) {
    const image = new Image();
    image.src = picture(upright(sheet));
    image.alt = "";
    printed.append(image);
  }
  document.body.append(printed);
  await Promise.all(Array.from(printed.querySelectorAll("img"), (image) => image.decode()));
}

export function clearAway(): void {
  printed?.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  printed?.remove();
  printed = null;
}

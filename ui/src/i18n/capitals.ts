const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

/** Up to 9,999 in capitals, zeros in between said once. */
function group(n: number): string {
  let text = "";
  let zero = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) zero = text !== "";
    else {
      text += (zero ? "零" : "") + DIGITS[digit]! + PLACES[place]!;
      zero = false;
    }
  }
  return text;
}

/** An amount as Chinese papers write it: 132000 fen is 壹仟叁佰贰拾元整. */
export function capitals(fen: number): string {
  const yuan = Math.floor(fen / 100);
  let text = "";
  let gap = false;
  for (let i = GROUPS.length - 1; i >= 0; i--) {
    const part = Math.floor(yuan / 10_000 ** i) % 10_000;
    if (part === 0) {
      gap = text !== "";
      continue;
    }
    text += ((gap || part < 1000) && text !== "" ? "零" : "") + group(part) + GROUPS[i]!;
    gap = false;
  }
  const jiao = Math.floor(fen / 10) % 10;
  const rest = fen % 10;
  const whole = text === "" ? (jiao + rest === 0 ? "零元" : "") : `${text}元`;
  if (jiao + rest === 0) return `${whole}整`;
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole === "" ? "" : "零";
  return whole + tenths + (rest > 0 ? `${DIGITS[rest]}分` : "");
}

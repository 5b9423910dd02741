// Figures look the same in both languages: 1,046 and 1,320.00.

export const figures = {
  whole: (n: number) => n.toLocaleString("en-US"),
  /** Fen as yuan, the fen shown only when there are any. */
  money: (fen: number) =>
    fen % 100 === 0
      ? (fen / 100).toLocaleString("en-US")
      : (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2 }),
  /** Fen as yuan with two decimals, for columns. */
  amount: (fen: number) =>
    (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  /** A percentage, truncated to one decimal and never rounded up. */
  percent: (part: number, whole: number) => `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)}%`,
};

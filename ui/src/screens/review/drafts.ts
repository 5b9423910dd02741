import type { ReviewedFile } from "../../api";

export interface ReviewComment {
  id: string;
  entity: string;
  key: string;
  text: string;
}
export interface ReviewDraft {
  decision: "returned" | "approved" | null;
  grade: string | null;
  opinion: string | null;
  comments: ReviewComment[];
}
export interface MadeDecision {
  sha256: string;
  n: number;
  as_of: string;
  decided_at: string;
  decision: "returned" | "approved";
  grade: string | null;
  opinion: string | null;
  comments: ReviewComment[];
  failed: string[];
  payable_fen: number;
  reviewer: string;
}
export interface DecisionsMade {
  paths: string[];
  decisions: MadeDecision[];
}

const kept = new Map<string, ReviewDraft>();
const BLANK: ReviewDraft = { decision: null, grade: null, opinion: null, comments: [] };

export const drafts = {
  read: (file: ReviewedFile): Promise<ReviewDraft> => Promise.resolve(kept.get(file.head.code) ?? BLANK),
  keep: (file: ReviewedFile, draft: ReviewDraft): Promise<unknown> =>
    Promise.resolve(kept.set(file.head.code, draft)),
  decide: (_file: ReviewedFile, _draft: ReviewDraft): Promise<DecisionsMade | null> => Promise.resolve(null),
  again: (_sha256: string): Promise<string | null> => Promise.resolve(null),
  made: (_file: ReviewedFile): MadeDecision[] => [],
};

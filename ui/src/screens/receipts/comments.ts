import type { CommentView, PostingView } from "../../api";

/** Every comment taken in, the latest decision's first. */
export function commentsOf(view: PostingView): CommentView[] {
  return view.review.receipts.flatMap((receipt) => receipt.comments);
}

/** Those on one record. */
export function commentsOn(view: PostingView, entity: string, key: string): CommentView[] {
  return commentsOf(view).filter((comment) => comment.entity === entity && comment.key === key);
}

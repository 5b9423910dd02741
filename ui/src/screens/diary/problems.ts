import type { Problem } from "../../api";

export function newProblem(id: string, date: string): Problem {
  return {
    id,
    date,
    problem: null,
    guidance: null,
    corrective_action: null,
    responsible: null,
    due: null,
    status: "open",
    rechecked_on: null,
    result: null,
  };
}

/** A problem in which nothing was written is none. */
export function storedProblem(problem: Problem): Problem | null {
  const written = [
    problem.problem,
    problem.guidance,
    problem.corrective_action,
    problem.responsible,
    problem.due,
    problem.rechecked_on,
    problem.result,
  ].some((each) => each !== null && each.trim() !== "");
  return written ? problem : null;
}

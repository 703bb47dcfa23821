/** Why the product cannot start, in a sentence for the person who started it: what is wrong and what to do. */
export class StartProblem extends Error {
  override name = "StartProblem";
}

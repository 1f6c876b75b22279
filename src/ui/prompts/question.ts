/** The answer of somebody who wants to see the question before. */
export const goBack = Symbol('back');

/** Where in a wizard a question stands. */
export interface Asking<Answer> {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  /** What was answered before the person went back. */
  readonly before: Answer | undefined;
  readonly canGoBack: boolean;
}

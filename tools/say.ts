/** Tells the person at the terminal, in a line of words, what is being done. */
export type Say = (line: string) => void;

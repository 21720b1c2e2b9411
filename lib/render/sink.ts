/**
 * Where streamed text ends up. A sink is fed by a frame buffer: `append` is called at most once a frame
 * with the text that is new, `end` once, when the text is complete and the last block becomes final.
 */
export interface TextSink {
  append(text: string): void;
  /** What is appended next goes on after a break: a seam is shown behind the block in which that was. */
  mark(): void;
  end(): void;
}

/**
 * Where streamed text ends up. A sink is fed by a frame buffer: `append` is called at most once a frame
 * with the text that is new, `end` once, when the text is complete and the last block becomes final.
 */
export interface TextSink {
  append(text: string): void;
  end(): void;
}

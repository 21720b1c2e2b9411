import * as v from 'valibot';

/** The id of a turn or of a conversation, as whoever makes one mints it. */
export const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

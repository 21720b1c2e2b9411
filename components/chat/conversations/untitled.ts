/** The name of a conversation in which nothing has been said in words. */
export const UNTITLED = 'Untitled conversation';

// What conversations chose to be asked with. It is a part of the conversation's row; until there is one, with the first question, the
// browser keeps it in memory.
import type { Choice } from '../settings/provider.ts';

export interface ChoicesDeps {
  ledger: {
    findChoice(conversationId: string): Promise<Choice | undefined>;
    /** Resolves with false where the conversation has no row yet. */
    choose(conversationId: string, choice: Choice): Promise<boolean>;
  };
  /** Survives the worker, not the browser. */
  read(): Promise<unknown>;
  write(early: unknown): Promise<void>;
}

type Early = [conversationId: string, choice: Choice][];

/** New conversations in which nothing was asked yet; hardly ever is there more than one. */
const MAX_EARLY = 10;

export class Choices {
  private readonly deps: ChoicesDeps;

  constructor(deps: ChoicesDeps) {
    this.deps = deps;
  }

  async find(conversationId: string): Promise<Choice | undefined> {
    return (await this.findEarly(conversationId)) ?? (await this.deps.ledger.findChoice(conversationId));
  }

  async set(conversationId: string, choice: Choice): Promise<void> {
    const isStored = await this.deps.ledger.choose(conversationId, choice);
    const others = (await this.early()).filter(([id]) => id !== conversationId);
    await this.deps.write(isStored ? others : [...others, [conversationId, choice]].slice(-MAX_EARLY));
  }

  /** The conversation has a row now. */
  async settle(conversationId: string): Promise<void> {
    const choice = await this.findEarly(conversationId);
    if (choice) await this.set(conversationId, choice);
  }

  private async findEarly(conversationId: string): Promise<Choice | undefined> {
    return (await this.early()).find(([id]) => id === conversationId)?.[1];
  }

  private async early(): Promise<Early> {
    // Written by this class alone, into a place that no page can reach.
    const early = await this.deps.read().catch(() => undefined);
    return Array.isArray(early) ? (early as Early) : [];
  }
}

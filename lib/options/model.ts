// The view model of the options page: signals for what is shown, functions for what can be pressed.
import { signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { presets } from '../providers/presets.ts';
import type { ActionContext } from './action-context.ts';
import { createAddressWatch } from './address-watch.ts';
import { createChatChoices } from './chat.ts';
import { createConnectionTest } from './connection-test.ts';
import type { OptionsDeps } from './deps.ts';
import { createFallBack } from './fall-back.ts';
import { createForm } from './form.ts';
import { createGuide } from './guide.ts';
import { createKeptTranslations } from './kept-translations.ts';
import { createLanguageChoice } from './language-choice.ts';
import { createOriginFacts } from './origin-facts.ts';
import { createOutcome } from './outcome.ts';
import { createProviders } from './providers.ts';
import { readInput } from './read-input.ts';
import { createReliability } from './reliability.ts';
import { removeKey } from './remove-key.ts';
import { grant, save } from './save.ts';
import type { SavedParts } from './saved-setting.ts';
import { createSettingsWriter } from './settings-writer.ts';
import { createShowing } from './showing.ts';
import { createStoredView } from './stored-view.ts';
import { testConnection } from './test-action.ts';
import { createUsage } from './usage.ts';
import { createAtOnce, createConfirmAbove, createWishes } from './wishes.ts';

export function createOptionsModel(deps: OptionsDeps) {
  const { connect } = deps;
  const outcome = createOutcome();
  const facts = createOriginFacts({ ...deps, needsKey: () => form.needsKey.value });
  const test = createConnectionTest(connect, deps.origin);
  const form = createForm(() => {
    outcome.clear();
    test.clear();
    watch.follow();
  });
  const watch = createAddressWatch({ deps, form, facts });
  const stored = createStoredView({ connect, form, watch, outcome });
  const { view, firstRun, wrote, accept, load } = stored;
  const write = createSettingsWriter({ connect, view, wrote });
  const saved = { view, outcome, write };
  const phase: ActionContext['phase'] = signal('idle');
  const complete = signal(false);
  const askPermission = (pattern: string) => askSafely(deps, pattern);
  const context = { ...saved, connect, form, facts, test, phase, complete, askPermission, accept };
  const stopListening = deps.listen((notice) => {
    if (notice.type === 'settings-changed') void load();
  });

  return {
    presets,
    view,
    firstRun,
    guide: createGuide({ form, view, test }),
    form,
    facts,
    outcome,
    test,
    phase,
    complete,
    providers: createProviders(context),
    ...createSections(connect, saved),
    load,
    save: () => save(context),
    grant: () => grant(context),
    testConnection: () => testConnection(context),
    /** Takes over a base URL that the test has found, and tests again. */
    useAddress(baseUrl: string): Promise<void> {
      form.typeBaseUrl(baseUrl);
      return testConnection(context);
    },
    copyText: deps.copyText,
    removeKey: () => removeKey(context),
    /** To be called when the field is left: what cannot be right is said before anything else is filled in. */
    checkBaseUrl(): void {
      if (form.baseUrl.value.trim() !== '' && !form.address.value) readInput(form, outcome);
    },
    backTo: deps.backTo,
    dispose(): void {
      stopListening();
      watch.dispose();
    },
  };
}

/** What is saved as soon as it is changed, section by section. */
function createSections(connect: Connect, saved: SavedParts) {
  return {
    language: createLanguageChoice(saved),
    wishes: createWishes(saved),
    atOnce: createAtOnce(saved),
    confirmAbove: createConfirmAbove(saved),
    showing: createShowing(saved),
    chat: createChatChoices(saved),
    kept: createKeptTranslations(connect, saved.outcome),
    reliability: createReliability(saved),
    fallBack: createFallBack(connect, saved),
    usage: createUsage(connect, saved.outcome),
  };
}

export type OptionsModel = ReturnType<typeof createOptionsModel>;

function askSafely(deps: OptionsDeps, pattern: string): Promise<boolean> {
  try {
    return deps.requestPermission(pattern).catch(() => false);
  } catch {
    return Promise.resolve(false);
  }
}

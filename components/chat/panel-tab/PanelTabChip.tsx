import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import type { PanelTab, PanelTabView, Reach } from '../../../lib/chat/panel-tab.ts';
import { say } from '../../../lib/words/say.ts';
import { Icon, type OwnIcon } from '../../Icon.tsx';
import './panel-tab.css';

const PAGE: OwnIcon = {
  name: 'page',
  path: 'M4.5 2h5L13 5.5V13a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1ZM9.25 2.25V5.5h3.5',
};
const PIN: OwnIcon = {
  name: 'pin',
  path: 'M6 2.5h4M6.5 2.5v4L4 9.25h8L9.5 6.5v-4M8 9.25V14',
};

interface PanelTabChipProps {
  model: ChatModel;
  panelTab: PanelTab;
}

/** Which page the panel speaks about, whether it stays with it, and what keeps it from reading it. */
export function PanelTabChip({ model, panelTab }: PanelTabChipProps) {
  const view = panelTab.view.value;
  const asked = useSignal(pageOf(view));
  // What is selected in one page is nothing in another.
  useSignalEffect(() => {
    const page = pageOf(panelTab.view.value);
    if (page === asked.peek()) return;
    asked.value = page;
    void model.refreshSelection();
  });
  const choice = useRef<HTMLButtonElement>(null);
  if (!view) return null;
  const goThere = () => {
    // The button goes away when the tab is there.
    choice.current?.focus();
    void panelTab.goThere();
  };
  const { tab, reach, stays, isFront } = view;
  const isElsewhere = stays && !isFront;
  const why = whyNot(reach);
  return (
    <fieldset
      class="panel-tab"
      aria-label={say('panelTabLabel')}
      data-reach={reach}
      data-elsewhere={isElsewhere}
    >
      <div class="panel-tab-line">
        <SiteIcon key={tab.icon} url={tab.icon} />
        <Names view={view} />
        <button
          type="button"
          class="panel-tab-button"
          ref={choice}
          title={say(stays ? 'panelTabFollowHint' : 'panelTabStayHint')}
          onClick={() => void (stays ? panelTab.follow() : panelTab.stay())}
        >
          <Icon name={stays ? 'go-on' : PIN} />
          {say(stays ? 'panelTabFollow' : 'panelTabStay')}
        </button>
      </div>
      {isElsewhere && (
        <div class="panel-tab-line">
          <p class="panel-tab-elsewhere">{say('panelTabElsewhere')}</p>
          <button type="button" class="panel-tab-button" onClick={goThere}>
            {say('panelTabGo')}
          </button>
        </div>
      )}
      {why !== undefined && <p class="panel-tab-why">{why}</p>}
      <p class={panelTab.hasEnded.value ? 'panel-tab-why' : 'visually-hidden'} aria-live="polite">
        {panelTab.hasEnded.value ? say('panelTabEnded') : ''}
      </p>
    </fieldset>
  );
}

const pageOf = (view: PanelTabView | null) => view && `${view.tab.id} ${view.tab.url}`;

function Names({ view: { tab, reach } }: { view: PanelTabView }) {
  const host = hostOf(tab.url);
  const title = tab.title.trim() || host || (reach === 'unknown' ? say('panelTabUnknown') : tab.url);
  return (
    <span class="panel-tab-names" title={reach === 'unknown' ? undefined : `${title}\n${tab.url}`}>
      <bdi class="panel-tab-title">{title}</bdi>
      {host !== '' && host !== title && <bdi class="panel-tab-host">{host}</bdi>}
    </span>
  );
}

/** The site's own icon where our pages may show it; nothing is fetched for it. */
function SiteIcon({ url }: { url: string | undefined }) {
  const isBroken = useSignal(false);
  if (url === undefined || isBroken.value) return <Icon name={PAGE} />;
  return (
    <img
      class="icon"
      src={url}
      alt=""
      onError={() => {
        isBroken.value = true;
      }}
    />
  );
}

/** Addresses of the browser and of extensions have no host that means anything to a person. */
function hostOf(url: string): string {
  return /^https?:/.test(url) ? new URL(url).host : '';
}

/** Why the page cannot be read; undefined where it can. */
function whyNot(reach: Reach): string | undefined {
  switch (reach) {
    case 'text':
      return undefined;
    case 'unknown':
      return say('panelTabUnknownHint');
    case 'closed':
      return say('pageRestricted');
    case 'pdf':
      return say('pagePdf');
    case 'media':
      return say('pageNotText');
  }
}

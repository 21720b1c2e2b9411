// The options page's section about stored conversations, with nothing behind it.
import { createHistoryData, type HistoryData } from '../../../lib/options/history-data.ts';
import { channelPair } from '../../../lib/protocol/channel.ts';

export function noHistory(): HistoryData {
  return createHistoryData({
    forgetDrafts() {},
    connect: () => channelPair()[0],
    files: {
      exportAll: () => Promise.resolve({ file: new Blob([]), count: 0 }),
      preview: () => Promise.resolve({ conversations: [], messages: 0, existing: 0, problems: [] }),
      store: () => Promise.resolve(),
    },
    tellAll: () => {},
    save: () => {},
  });
}

// What opens above the message box: one chunk, loaded when the first of them is wanted.
import './panels.css';
import './parts.css';

export { AddMenu } from './AddMenu.tsx';
export { Panels } from './Panels.tsx';
export { Parts } from './Parts.tsx';
export { PromptList } from './PromptList.tsx';
export { SelectionChips } from './SelectionChips.tsx';
export { TokenCount } from './TokenCount.tsx';

import { Icon, type IconName, type OwnIcon } from './Icon.tsx';

interface IconButtonProps {
  icon: IconName | OwnIcon;
  /** Name and tooltip. */
  label: string;
  onClick: () => void;
  small?: boolean;
  disabled?: boolean;
  /** -1 where the keyboard comes here by other ways. */
  tabIndex?: number;
  /** Whether what the button opens is open; absent where it opens nothing. */
  expanded?: boolean;
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, onClick, small = false, disabled = false, tabIndex, expanded } = props;
  return (
    <button
      type="button"
      class={small ? 'icon-button small' : 'icon-button'}
      aria-label={label}
      title={label}
      disabled={disabled}
      tabIndex={tabIndex}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

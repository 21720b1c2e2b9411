import { Icon, type IconName } from './Icon.tsx';

interface IconButtonProps {
  icon: IconName;
  /** Name and tooltip. */
  label: string;
  onClick: () => void;
  small?: boolean;
  disabled?: boolean;
}

export function IconButton({ icon, label, onClick, small = false, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      class={small ? 'icon-button small' : 'icon-button'}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

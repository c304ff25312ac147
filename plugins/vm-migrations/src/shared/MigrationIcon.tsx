/** Two places and a way between them: the sign of the plugin in navigation and header. */
export function MigrationIcon() {
  return (
    <svg
      width="1em"
      height="1em"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3.5 3.5h7v7h-7zM13.5 13.5h7v7h-7z" />
      <path strokeLinecap="round" d="M14 7h4v3.5M10 17H6v-3.5" />
    </svg>
  );
}

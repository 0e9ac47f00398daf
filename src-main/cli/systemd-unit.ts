/** A word of a unit's command line: systemd splits at blanks and reads `%` and `$` as its own. */
function quoted(word: string): string {
  const escaped = word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

/**
 * A unit for systemd that watches the same runs with the same choices (systemd.service(5)).
 * @param command the program and its arguments, paths absolute. @param writable folders that it writes into
 */
export function systemdUnit(command: readonly string[], writable: readonly string[]): string {
  return [
    '[Unit]',
    'Description=Hindcast: forecasts of the readings of a weather station',
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    `ExecStart=${command.map(quoted).join(' ')}`,
    'Restart=always',
    'RestartSec=30',
    'Nice=10',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    `ReadWritePaths=${writable.map(quoted).join(' ')}`,
    'PrivateTmp=yes',
    '# Where a broker needs a password: a file of mode 600 that sets HINDCAST_MQTT_PASSWORD.',
    'EnvironmentFile=-%h/.config/hindcast/watch.env',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

/** The look of a report: dark on white, one A4 page. */
export const STYLE = `
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1f26; font: 10.5px/1.4 system-ui, 'Segoe UI', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif; word-break: keep-all; }
main { max-width: 190mm; margin: 0 auto; }
@media screen { body { padding: 24px; font-size: 12px; } }
h1 { margin: 0; font-size: 1.7em; overflow-wrap: anywhere; }
h2 { margin: 0 0 3px; font-size: 1.1em; }
header p { margin: 0; color: #4a5460; overflow-wrap: anywhere; }
section { margin-top: 9px; break-inside: avoid; min-width: 0; }
.verdict { margin: 9px 0 0; padding: 7px 10px; border-left: 4px solid #0a609f; background: #e2eef8; font-size: 1.15em; }
.verdict.beats { border-color: #1b6a3c; background: #e6f4ea; }
.verdict.loses { border-color: #7d5200; background: #fdf3dc; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px; }
.pair.wide { grid-template-columns: minmax(0, 1fr) minmax(36%, min-content); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 2px 4px; border-bottom: 1px solid #d8dde3; text-align: right; vertical-align: top; font-weight: 400; }
tbody th, tbody td { white-space: nowrap; }
th:first-child { padding-left: 0; text-align: left; }
thead th { color: #4a5460; }
.chance { min-width: 5em; }
.facts th { width: 1%; padding-right: 10px; color: #4a5460; }
.facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
.warnings tr > * { text-align: left; white-space: normal; padding-right: 10px; }
.warnings tr > :nth-child(2) { text-align: right; white-space: nowrap; }
.ours > * { background: #e2eef8; font-weight: 600; }
svg { display: block; width: 100%; height: auto; }
.note, footer { margin: 3px 0 0; color: #4a5460; font-size: 0.92em; }
.warning { color: #7d5200; font-weight: 600; }
footer { margin-top: 9px; padding-top: 4px; border-top: 1px solid #d8dde3; }
`;

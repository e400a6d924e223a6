/** The report's own style: legible at once, in both themes and on paper. */
export const reportCss = `
:root{color-scheme:light dark;--ink:#1f2630;--soft:#566070;--line:#d5dae1;--surface:#fff;--raised:#f3f4f6}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a7b0bc;--line:#39424e;--surface:#14181d;--raised:#1d232a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--surface);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1,h2,h3{line-height:1.25}
h2{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
.soft,caption,figcaption{color:var(--soft)}
.verdicts{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));padding:0;list-style:none}
.verdicts li{background:var(--raised);border-radius:.5rem;padding:1rem}
.verdicts strong{display:block;text-transform:capitalize}
figure{margin:1.5rem 0}
figure img{display:block;max-width:100%;height:auto}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.875rem;width:100%}
caption{text-align:left;padding-bottom:.5rem}
th,td{padding:.25rem .75rem .25rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
.number{text-align:right}
.sortable{display:grid}
.sortable caption{grid-column:1/-1;order:-2000000}
.sortable thead,.sortable tbody,.sortable tr{display:contents}
.sortable th{order:-1000000}
.sortable td{white-space:nowrap}
.sortable td.sentences{white-space:normal;min-width:18rem}
.sortable .sort{white-space:nowrap;font-weight:normal}
.sort label{position:relative;padding:0 .2rem;color:var(--soft)}
.sort input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.sort label:has(:checked){color:var(--ink);font-weight:bold;text-decoration:underline}
.sort label:has(:focus-visible){outline:2px solid currentColor}
pre{overflow-x:auto;background:var(--raised);padding:1rem;font-size:.8125rem}
@media print{
:root{--ink:#000;--soft:#333;--line:#999;--surface:#fff;--raised:#fff;color-scheme:light}
body{max-width:none;padding:0;font-size:10pt}
.sort{display:none}
figure,.verdicts li,tr{break-inside:avoid}
.wide,pre{overflow:visible}
pre{white-space:pre-wrap}
}`;

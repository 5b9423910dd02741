/** A page like the task assessment sheet, so that the preview has something to show without the desktop shell. */
export const sheet = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595" height="842">
<rect width="595" height="842" fill="#fff"/>
<text x="297" y="80" text-anchor="middle" font-size="18" font-family="serif" font-weight="bold">卫生下乡任务考核表</text>
<g fill="none" stroke="#000" stroke-width=".6"><path d="M50 110h495v640H50zM50 136h495M50 162h495M50 188h495M50 214h495M50 260h495M50 316h495M50 376h495M50 412h495M50 448h495M50 496h495M50 540h495M50 640h495M114 110v640"/></g>
<g font-size="10" font-family="serif"><text x="60" y="128">姓名</text><text x="124" y="128">李晓梅</text><text x="60" y="154">支援医院</text><text x="124" y="154">云州市第二人民医院</text><text x="60" y="242">教学</text><text x="124" y="242">3次：1月14日、1月28日、3月13日</text><text x="60" y="292">查房</text><text x="124" y="292">7次</text><text x="60" y="350">考勤</text><text x="124" y="350">88 / 122</text><text x="60" y="590">受援单位</text><text x="430" y="630">（盖章） 年 月 日</text></g>
<text x="50" y="800" font-size="8" font-family="serif">封存码 7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B</text></svg>`;

"""How the rows of an invented country are made, in SQL: `hash` is the only source of chance."""

from __future__ import annotations

_KINDS = """人民政府办公室 发展和改革委员会 教育局 科学技术局 工业和信息化局 公安局 民政局 司法局 财政局
人力资源和社会保障局 生态环境局 住房和城乡建设局 交通运输局 水利局 农业农村局 商务局 审计局 统计局 体育局
医疗保障局 城市管理局 信访局 税务局 气象局 应急管理局 退役军人事务局""".split()  # noqa: SIM905 - read as a list of words
_RENAMED = {
    "卫生和计划生育局": "卫生健康局",
    "旅游局": "文化和旅游局",
    "国土资源局": "自然资源局",
    "工商行政管理局": "市场监督管理局",
}
_NAMES = [*((kind, kind) for kind in _KINDS), *_RENAMED.items()]
_LIST = ", ".join(f"{{'before': '{before}', 'after': '{after}'}}" for before, after in _NAMES)


def _chance(*of: str) -> str:
    """A number from 0 up to 1, always the same for the same values."""
    return f"(hash({', '.join(of)}) / 18446744073709551616.0)"


ORGANS = f"""CREATE TABLE organs AS
SELECT number, years, code, province, city, prefix || name.before AS before, prefix || name.after AS after,
  code || '-' || left(sha256(prefix || name.before), 12) AS id_before,
  code || '-' || left(sha256(prefix || name.after), 12) AS id_after,
  0.3 + 30 * pow({_chance("number", "'size'")}, 4) AS size
FROM (SELECT *, '样例' || number % 31 || '省' AS province, '样例' || number % 341 || '市' AS city,
    (990000 + number % 341)::VARCHAR AS code,
    [{_LIST}][1 + number // 341 % {len(_NAMES)}] AS name,
    CASE WHEN number < {341 * len(_NAMES)} THEN '' ELSE '第' || number // {341 * len(_NAMES)} || '县' END AS prefix
  FROM (SELECT range AS number, $years AS years FROM range($organs)))"""

REPORTS = f"""CREATE TABLE reports AS
SELECT *, (style * 1000)::INTEGER % 3 AS layout, (hash(organ_id) % 1000000000)::BIGINT * 1000 AS organ_seed
FROM (SELECT row_number() OVER (ORDER BY greatest(report_year, 2022), city, organ, report_year, version) AS place,
  left(sha256(organ || city || report_year || version), 16) AS report_id,
  CASE WHEN report_year < 2019 THEN id_before ELSE id_after END AS organ_id,
  city || organ AS organ, code AS division_code, province, city, report_year,
  CASE WHEN report_year < 2014 THEN '2019' WHEN report_year < 2019 THEN '2014' WHEN report_year < 2021 THEN '2019'
    ELSE '2021' END AS form,
  CASE WHEN report_year < 2014 THEN '2019' WHEN report_year < 2019 THEN '2014' WHEN report_year < 2021 THEN '2019'
    ELSE '2021' END AS kind,
  CASE WHEN {_chance("organ", "city", "'scope'")} < 0.02 THEN 'area' ELSE 'own' END AS scope,
  city || organ || report_year || '年政府信息公开工作年度报告' AS title,
  make_date(report_year + 1, 1, 5 + (number % 24)::INTEGER) AS published_on,
  'https://www.' || code || '.example/gk/' || report_year || '/' || number || '_' || version || '.html' AS url,
  'text/html' AS media_type, 1 AS version,
  make_timestamp(greatest(report_year, 2022) + 1, 3, 1, (number % 24), version * 7, 0) AS fetched_at,
  sha256(organ || city || report_year || version) AS sha256, code AS portal_code, false AS is_current,
  0 AS figure_count, 0 AS reported_count, 0 AS blank_count, 0 AS not_applicable_count, 0 AS unreadable_count,
  0 AS ambiguous_count, 0 AS check_count, 0 AS failed_checks, 0 AS failed_by_source, 0 AS unassessable_checks,
  0 AS issue_count,
  'generated' AS reader, size, {_chance("number", "report_year", "'style'")} AS style
FROM (SELECT *, CASE WHEN report_year < 2019 THEN before ELSE after END AS organ
  FROM organs, (SELECT 2008 + range AS report_year FROM range(18)), (SELECT range AS version FROM range(2))
  WHERE {_chance("number", "report_year", "'gap'")} > 0.05
    AND (version = 0 OR {_chance("number", "report_year", "'version'")} < 0.01)))
JOIN (SELECT kind, count(*) AS cells FROM cells GROUP BY kind) USING (kind)
WHERE place <= $reports ORDER BY place"""

FIGURES = """SELECT report_id, part, item, measure, cell,
  CASE WHEN status = 'reported' THEN number END AS value, unit, status,
  CASE WHEN status = 'blank' THEN '' WHEN status = 'not_applicable' THEN '-'
    WHEN status = 'unreadable' THEN printed || '件次' ELSE printed END AS raw,
    NULL::DECIMAL(18,4) AS corrected_value, NULL::VARCHAR AS corrected_unit,
  CASE WHEN style < 0.95 THEN at_table + layout END AS where_table,
  CASE WHEN style < 0.95 THEN at_row END AS where_row, at_column AS where_column,
  CASE WHEN style >= 0.95 THEN at_table * 40 + at_row END AS where_line,
  NULL::INTEGER AS where_page, NULL::VARCHAR AS where_box, NULL::VARCHAR AS method, NULL::DECIMAL(18,4) AS confidence
FROM (SELECT *,
    CASE WHEN again >= 99950 THEN 'unreadable' WHEN style >= 0.99 THEN 'ambiguous' WHEN number <> 0 THEN 'reported'
      WHEN style < 0.06 THEN 'blank' WHEN style < 0.08 THEN 'not_applicable' ELSE 'reported' END AS status,
    CASE WHEN number % 1 = 0 THEN number::BIGINT::VARCHAR ELSE number::DECIMAL(18, 2)::VARCHAR END AS printed
  FROM (SELECT *, (CASE WHEN hash(organ_seed + seed) % 100000 >= 100000 * weight * size THEN 0
        WHEN measure = 'amount_yuan' THEN round(size * 1.2345678 * (100000 + again), 2)
        ELSE floor(size * 8 * weight * (0.5 + again / 100000)) END)::DECIMAL(18, 4) AS number
    FROM (SELECT *, hash(place * 1000 + seed) % 100000 AS again
      FROM (SELECT report_id, place, organ_seed, size, style, layout, kind, unnest(range(cells)) AS seed FROM lot)
      JOIN cells USING (kind, seed))))"""

_TITLES = (
    "'总体情况', '主动公开政府信息情况', '收到和处理政府信息公开申请情况', '行政复议、行政诉讼情况', "
    "'存在的主要问题及改进情况', '其他需要报告的事项'"
)
_DEEDS = (
    "'加强组织领导', '完善公开目录', '及时发布文件', '规范办理申请', '开展业务培训', '做好政策解读', "
    "'改进网站栏目', '回应群众关切'"
)
_TURN = "hash(place * 100 + number * 12 + turn)"

SECTIONS = f"""SELECT report_id, number AS position, number, [{_TITLES}][number] AS title,
  organ || '在' || report_year || '年' || array_to_string(list_transform(range(12), lambda turn:
    [{_DEEDS}][1 + ({_TURN} % 8)::INTEGER] || {_TURN} % 97 || '项。'), '') AS text
FROM (SELECT *, unnest(range(1, 7)) AS number FROM lot)"""

FINDINGS = """SELECT report_id, seed + 1 AS position, check_id, "at", verdict,
  CASE WHEN verdict <> 'unassessable' THEN side END AS left_value,
  CASE verdict WHEN 'pass' THEN side WHEN 'fail' THEN side + 1 END AS right_value,
  CASE WHEN verdict = 'fail' THEN CASE WHEN odd < 200 THEN 'reading' ELSE 'source' END END AS cause,
  NULL::VARCHAR AS other_report_id
FROM (SELECT *, CASE WHEN odd < 1000 THEN 'fail' WHEN odd < 3000 THEN 'unassessable' ELSE 'pass' END AS verdict,
    CASE WHEN organ_seed % 100000 >= 10000 * size THEN 0 ELSE floor(size * odd / 10000) END AS side
  FROM (SELECT *, hash(place * 1000 + seed) % 100000 AS odd
    FROM (SELECT report_id, place, size, organ_seed, form,
        unnest(range((SELECT count(*) FROM checks AS c WHERE c.form = lot.form))) AS seed FROM lot)
    JOIN checks USING (form, seed)))"""

ISSUES = f"""SELECT report_id, 1 AS position, 'unit_not_printed' AS code, 'proactive/procurement/amount_yuan' AS "at",
  'No unit is printed beside ' || place || '.' AS message
FROM lot WHERE {_chance("place", "'issue'")} < 0.8 ORDER BY place"""

COVERAGE_ROWS = """SELECT o.code AS portal_code, CASE WHEN y < 2019 THEN id_before ELSE id_after END AS organ_id,
  city || CASE WHEN y < 2019 THEN before ELSE after END AS organ, y AS report_year,
  CASE WHEN r.report_id IS NULL THEN 'missing' ELSE 'held' END AS state,
  CASE WHEN r.report_id IS NULL THEN 'not_announced' END AS reason, r.report_id, r.url
FROM (SELECT *, unnest(range(2008, 2026)) AS y FROM organs) AS o
LEFT JOIN (SELECT organ_id, report_year, min(report_id) AS report_id, min(url) AS url FROM reports GROUP BY ALL) AS r
  ON r.organ_id = (CASE WHEN y < 2019 THEN id_before ELSE id_after END) AND r.report_year = y
ORDER BY o.code, organ, y"""

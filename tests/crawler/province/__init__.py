"""A province of invented cities, each with the portal of another platform, as these platforms publish."""

from __future__ import annotations

from collections.abc import Callable

from tests.crawler.province import (
    annual_jsp,
    epoint,
    generic,
    gkmlpt,
    gkmlpt_variants,
    hanweb,
    hanweb_module,
    hanweb_variants,
    hebei,
    jpaas,
    lonsun,
    lonsun_variants,
    nfcms,
    nfcms_variants,
    openness,
    openness_variants,
    plain,
    static,
    static_departments,
    static_shell,
    truecms,
    ucap,
    ucap_variants,
    vsb,
    vsb_variants,
)
from tests.crawler.province.portal import Portal

__all__ = ["BUILDERS", "Portal"]

BUILDERS: tuple[Callable[[], Portal], ...] = (
    static.build,
    static_departments.build,
    static_shell.build,
    ucap.build,
    ucap_variants.build,
    hanweb.build,
    hanweb_variants.build,
    hanweb_module.build,
    annual_jsp.build,
    gkmlpt.build,
    gkmlpt_variants.build,
    nfcms.build,
    nfcms_variants.build,
    vsb.build,
    vsb_variants.build,
    lonsun.build,
    lonsun_variants.build,
    openness.build,
    openness_variants.build,
    generic.build,
    jpaas.build,
    epoint.build,
    hebei.build_uuid,
    hebei.build_channel,
    truecms.build,
    plain.object_ids,
    plain.henan,
    plain.dated_articles,
    plain.without_extension,
    plain.jhtml,
    plain.aspx,
    plain.query_only,
)

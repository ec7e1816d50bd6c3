"""Words by which menus of news sites name their parts."""

from almasalla_crawler.arabic.letters import search_key

SECTIONS = frozenset(
    search_key(
        """
        الرئيسية الأخبار أخبار محليات محلية عربي عربيات دولي دوليات عالم العالم سياسة السياسة اقتصاد الاقتصاد أسواق رياضة
        الرياضة ملاعب ثقافة الثقافة فنون فن منوعات متفرقات مجتمع صحة الصحة صحتك علوم تكنولوجيا تقنية بيئة تعليم سياحة
        مقالات آراء رأي كتاب تحقيقات تقارير حوادث كاريكاتير صور فيديو فيديوهات بودكاست أرشيف الأرشيف
        """
    ).split()
)


def names_a_section(key: str) -> bool:
    """`key` is the search key of a line of a menu: `علوم`, `أخبار محلية`, `ثقافة وفنون`."""
    return all(word in SECTIONS or word.removeprefix("و") in SECTIONS for word in key.split())

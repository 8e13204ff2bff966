import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import File
from django.core.management.base import BaseCommand
from django.db import transaction

from newsletter.editions.file import read_edition_file
from newsletter.editions.load import load_edition
from newsletter.editions.models import Edition
from newsletter.pages.models import Page
from newsletter.publishing.models import Publication
from newsletter.records.history import one_revision
from orgs.models import Organization

DEMO = Path(__file__).resolve().parents[2] / "demo"


class Command(BaseCommand):
    help = "Load the demonstration editions into an empty database, and make a staff account where there is none."

    def handle(self, **options):
        users = get_user_model().objects
        if not users.filter(is_staff=True).exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("editor", password=password, name="编辑")
            self.stdout.write(f"Staff account: editor   password (shown this once): {password}")
        if not Edition.objects.exists() and not Organization.objects.exists():
            with transaction.atomic():
                self.fill()

    def fill(self):
        # Where a text needs several reviews, a command cannot stand for the persons who pass them.
        publish = settings.REVIEWS == 1
        files = sorted(DEMO.glob("*.json"))
        for number, file in enumerate(files, 1):
            self.stdout.write(f"Loading the demonstration editions: {number} of {len(files)}", ending="\r")
            self.stdout.flush()
            edition = load_edition(read_edition_file(file.read_bytes()), folder=DEMO, publish=publish).edition
        self.show_printed_page(edition)
        self.stdout.write("")
        Organization.objects.filter(member=True).update(listed=True)
        Publication.objects.get_or_create(
            pk=1,
            defaults={
                "masthead": "苍南社会组织",
                "tagline": "县域社会组织的消息、活动与荣誉",
                "description": "苍南县各社会组织的新闻、活动与荣誉，按单位、活动类型和日期可查，可用 RSS 订阅。",
                "locality": "苍南县",
                "publisher": "苍南县社会组织促进会",
                "note": "本站为演示站点：2019年6月一期据真实版面的事实改写，其余各期为虚构。",
            },
        )
        for position, (slug, title, body) in enumerate(PAGES, 1):
            page = Page(slug=slug, title=title, body=body, position=position)
            page.save()
            if publish:
                page.publish()
        if not publish:
            self.stdout.write(f"REVIEWS is {settings.REVIEWS}: the demonstration is loaded as drafts, to be reviewed.")

    def show_printed_page(self, newest):
        """Edition files hold no pictures of pages, only the regions of stories on them."""
        page = newest.pages.get(number=1)
        with (DEMO / "2019-06-06-page-1.webp").open("rb") as picture, one_revision():
            page.picture.save(picture.name, File(picture))
            newest.save()


PAGES = (
    (
        "about",
        "关于本刊",
        "<p>本刊由县社会组织促进会编辑，登载全县社会团体、商会、基金会和社会服务机构的消息。</p>"
        "<p>每篇稿件都连着它写到的单位、活动和荣誉：点开任何一个单位，就能看到它的全部新闻。</p>",
    ),
    (
        "contribute",
        "投稿须知",
        "<p>欢迎各会员单位来稿。请写清楚时间、地点、单位全称和参加人数，并注明供稿单位。</p>"
        "<ul><li>简讯一百字左右，写清一件事。</li><li>图片请附说明和拍摄单位，尽量选横幅。</li>"
        "<li>数字请与活动负责人核对后再寄出。</li></ul>",
    ),
    (
        "contact",
        "联系我们",
        "<p>稿件、更正和建议，请与本单位通讯员联系，由通讯员在后台提交；读者也可以致电促进会秘书处。</p>",
    ),
)

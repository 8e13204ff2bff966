# What Django has for Chinese, but a month without a leading nought; and formats of our own.
MONTH_DAY_FORMAT = "n月j日"
LONG_DATE_FORMAT = "Y年n月j日 l"
LONG_MONTH_DAY_FORMAT = "n月j日 l"
MONTH_FORMAT = SHORT_MONTH_FORMAT = "n月"

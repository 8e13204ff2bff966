"""RSS 2.0, Atom 1.0 and JSON Feed 1.1 from one description.

A `FeedSource` says what a feed is about and describes a row as an `Item`; the formats write what the source gives.
"""

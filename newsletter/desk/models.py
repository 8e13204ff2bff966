# The desk has no models. The module stands here because Django sends post_migrate only to apps that have one.

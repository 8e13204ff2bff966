"""Files in a bucket that is reached by S3, where MEDIA_BUCKET names one: several machines see the same ones."""

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """Where it is and who may enter are boto3's own environment variables."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            # A name is never used again: see `newsletter.records.files`.
            "file_overwrite": False,
            # Larger files wait on the disk while they are sent.
            "max_memory_size": 5 * 2**20,
            # A bucket that does not answer holds up a worker for seconds; the default is minutes.
            "client_config": Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 2}),
        }

    def url(self, name, *args, **kwargs):
        """For the forms of staff, as with files in a folder: no address leads into the bucket."""
        return settings.MEDIA_URL + filepath_to_uri(name)

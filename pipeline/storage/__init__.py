"""Places that fsspec reaches: object stores as S3, and folders (`file:///shared`). Objects there come to be whole or
not at all, and most never change: nothing is ever appended to one.

Credentials, endpoint and all else are taken as fsspec and the library of the protocol take them: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and their kin, and the files of FSSPEC_CONFIG_DIR.
"""

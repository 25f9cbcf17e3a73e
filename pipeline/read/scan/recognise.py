"""The only module that talks to the recogniser of characters: where text stands in a picture, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.read.pdf.geometry import Box
from pipeline.read.scan.pixels import Picture, resized

_SCALE = 0.6  # of the picture in which text is looked for; finding takes most of a page's time
_NARROWEST = 160  # pixels, at 48 high; a lone 0 in less becomes an O


@dataclass(frozen=True, slots=True)
class Said:
    """What a piece of a picture says, and how sure the recogniser is of it, 0 to 1."""

    text: str
    confidence: float


NOTHING = Said("", 0.0)


class Recogniser:
    """Finds and reads text; build it once a process. It runs on one core and asks no network."""

    def __init__(self) -> None:
        import rapidocr  # noqa: PLC0415 - takes a second, and a picture that cannot be opened does not need it
        from rapidocr.ch_ppocr_det import TextDetector  # noqa: PLC0415
        from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer  # noqa: PLC0415

        models = f"{rapidocr.__path__[0]}/models"
        engine = rapidocr.RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": f"{models}/PP-OCRv6_det_small.onnx",
                "Rec.model_path": f"{models}/PP-OCRv6_rec_small.onnx",
                "Rec.rec_img_shape": [3, 48, _NARROWEST],
            }
        )
        config: Any = engine.cfg
        for part in (config.Det, config.Rec):
            part.engine_cfg = config.EngineConfig[part.engine_type.value]
            part.model_root_dir = models
        config.Rec.font_path = None
        self._finds = TextDetector(config.Det)
        self._asked = TextRecInput
        self._reads = TextRecognizer(config.Rec)

    def find(self, picture: Picture) -> list[Box]:
        """The boxes around lines of text, in pixels of the picture; one may reach over several cells of a table."""
        found = self._finds(_coloured(resized(picture, _SCALE)))
        if found.boxes is None:
            return []
        return [
            Box(*(float(side) / _SCALE for side in (*corners.min(axis=0), *corners.max(axis=0))))
            for corners in found.boxes
        ]

    def read(self, pieces: Sequence[Picture]) -> list[Said]:
        """What each piece of a picture says: one line of text each."""
        if not pieces:
            return []
        told = self._reads(self._asked(img=[_coloured(piece) for piece in pieces]))
        return [
            Said(str(text), float(confidence))
            for text, confidence in zip(told.txts or (), told.scores or (), strict=True)
        ]


def _coloured(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2)

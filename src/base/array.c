// SPDX-License-Identifier: GPL-2.0-or-later
/* Arrays that grow by doubling. Touches only their memory. */
#include "base/array.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int array_grow(void *at, unsigned int count, unsigned int *room, size_t size)
{
	unsigned int more = *room ? *room * 2 : 8;
	char *array;

	memcpy(&array, at, sizeof(array));
	if (count == *room) {
		array = realloc(array, (size_t)more * size);
		if (!array)
			return -ENOMEM;
		memcpy(at, &array, sizeof(array));
		*room = more;
	}
	memset(array + (size_t)count * size, 0, size);
	return 0;
}

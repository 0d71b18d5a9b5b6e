// SPDX-License-Identifier: GPL-2.0-or-later
/* The variables of a boot loader's configuration. Pure. */
#include "admin/bootcfg/vars.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MAX_VARS  1000
#define VAR_NAME  64
#define VALUE_MAX 8192

/* Set by GRUB itself, or by nobody on most systems; none of them can say where
 * root is or which driver is left out. */
static const char *const usual[] = {
	"root",
	"prefix",
	"cmdpath",
	"tuned_params",
	"tuned_initrd",
	"extra_cmdline",
	"early_initrd",
	"vt_handoff",
	"isofile",
	"suse_cmdline",
	"trusted_console",
	"console_params",
	"gfxpayload",
	"linux_gfx_mode",
	"grub_platform",
	"grub_cpu",
	"kernel_extra_opts",
};

static struct var *look_up(const struct vars *vars, const char *name)
{
	unsigned int i;

	for (i = 0; i < vars->count; i++) {
		if (!strcmp(vars->at[i].name, name))
			return &vars->at[i];
	}
	return NULL;
}

const struct var *vars_find(const struct vars *vars, const char *name)
{
	return look_up(vars, name);
}

static void replace(struct var *var, const char *value)
{
	free(var->value);
	var->value = memory_text(value);
}

/* Both values, since either may be the one. */
static void add_value(struct var *var, const char *value)
{
	size_t size = strlen(var->value) + strlen(value) + 2;
	char *both;

	if (!*value || !strcmp(var->value, value))
		return;
	if (!*var->value) {
		replace(var, value);
		return;
	}
	var->several = true;
	if (size > VALUE_MAX || strstr(var->value, value))
		return;
	both = memory_new(size);
	text_add(both, var->value, size);
	text_add(both, " ", size);
	text_add(both, value, size);
	free(var->value);
	var->value = both;
}

void vars_set(struct vars *vars, const char *name, const char *value,
	      enum vars_how how)
{
	struct var *var = look_up(vars, name);

	if (!var) {
		if (vars->count == MAX_VARS)
			return;
		array_extend(&vars->at, vars->count, &vars->room, sizeof(*var));
		var = &vars->at[vars->count++];
		var->name = memory_text(name);
		var->value = memory_text(value);
	} else if (how == VARS_MAYBE) {
		add_value(var, value);
	} else {
		replace(var, value);
		var->several = false;
	}
	var->stored = how == VARS_STORED;
}

void vars_take_env(struct vars *vars, char *text)
{
	char *line, *value;

	while ((line = text_next_line(&text))) {
		value = strchr(line, '=');
		if (*line == '#' || !value)
			continue;
		*value++ = '\0';
		vars_set(vars, line, value, VARS_STORED);
	}
}

static bool is_usual(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (!strcmp(usual[i], name))
			return true;
	}
	return false;
}

const char *vars_value(const struct vars *vars, const char *name,
		       struct words *unclear)
{
	const struct var *var = look_up(vars, name);

	/* RHEL 8: what its menu has for a grubenv without it. */
	if (!var && !strcmp(name, "kernelopts"))
		var = look_up(vars, "default_kernelopts");
	if (unclear && !var && !is_usual(name))
		words_add(unclear, "$%.60s is set nowhere", name);
	if (unclear && var && var->several)
		words_add(unclear, "$%.60s may have several values", name);
	return var ? var->value : "";
}

static bool is_name_char(char c)
{
	return (c >= '0' && c <= '9') || c == '_' ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

size_t vars_name(const char *text, const char **name, size_t *len)
{
	bool brace = text[0] == '$' && text[1] == '{';
	const char *at = text + 1 + brace;

	if (text[0] != '$')
		return 0;
	*name = at;
	while (is_name_char(*at))
		at++;
	*len = (size_t)(at - *name);
	if (!*len || (brace && *at != '}'))
		return 0;
	return (size_t)(at - text) + brace;
}

void vars_expand(const struct vars *vars, char *text, size_t size,
		 struct words *unclear)
{
	char *from = memory_text(text), *at = from, word[VAR_NAME];
	size_t used = 0;

	while (*at) {
		const char *name, *value;
		size_t len, n = vars_name(at, &name, &len);

		if (n &&
		    !text_format(word, sizeof(word), "%.*s", (int)len, name)) {
			value = vars_value(vars, word, unclear);
			at += n;
			n = strlen(value);
		} else {
			value = at++;
			n = 1;
		}
		if (n >= size - used) {
			words_add(unclear, "it is too long");
			break;
		}
		memcpy(text + used, value, n);
		used += n;
	}
	text[used] = '\0';
	free(from);
}

void vars_free(struct vars *vars)
{
	unsigned int i;

	for (i = 0; i < vars->count; i++) {
		free(vars->at[i].name);
		free(vars->at[i].value);
	}
	free(vars->at);
	memset(vars, 0, sizeof(*vars));
}
